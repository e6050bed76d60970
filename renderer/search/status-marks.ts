import type { MarkShape, MarkTone } from '../ui/mark.tsx'
import type { Status } from './facets.ts'

/** Each status by shape first; colour only helps. */
export const STATUS_MARKS: { [status in Status]: { shape: MarkShape; tone: MarkTone } } = {
  unanswered: { shape: 'empty', tone: 'quiet' },
  veto: { shape: 'stop', tone: 'serious' },
  failed: { shape: 'cross', tone: 'serious' },
  na: { shape: 'dash', tone: 'quiet' },
  abstain: { shape: 'half', tone: 'quiet' },
  evidence: { shape: 'alert', tone: 'middling' },
  reason: { shape: 'flag', tone: 'middling' },
}
