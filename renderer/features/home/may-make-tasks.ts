import type { ProjectView } from '../../../shared/contract/views.ts'

/** Who may issue tasks in a project: its founder, its office and its leads. */
export const mayMakeTasks = (project: ProjectView): boolean =>
  project.isRoot || project.me?.role === 'lead' || project.me?.role === 'office'
