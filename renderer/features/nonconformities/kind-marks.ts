/** Shape and tone of the three kinds. */
export const KIND_MARKS = {
  major: { shape: 'stop', tone: 'serious' },
  minor: { shape: 'alert', tone: 'middling' },
  observation: { shape: 'empty', tone: 'quiet' },
} as const
