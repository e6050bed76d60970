import { useParams } from 'react-router'

export const TASK_SCREENS = [
  'overview',
  'checklist',
  'nonconformities',
  'seal',
  'team',
  'report',
  'documents',
  'exchange',
] as const
export type TaskScreen = (typeof TASK_SCREENS)[number]

export const taskPath = (taskId: string, screen: TaskScreen): string => `/task/${taskId}/${screen}`

/** The task of the page now open; only below `/task/:taskId`. */
export function useTaskId(): string {
  const { taskId } = useParams()
  if (taskId === undefined) throw new Error('no task in the address')
  return taskId
}
