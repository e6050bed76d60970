/** Sizes and weights the everyday pages set, and signs that are in no text face. */
const SIZES = ['var(--text-s)', '15px', 'var(--text-m)', 'var(--text-l)']
const WEIGHTS = [400, 500, 600, 700]
const SAMPLE = '永a0↑↓←→▸▾★✕'

const idle = (): Promise<unknown> => new Promise((done) => requestIdleCallback(done))

/**
 * Has the browser find the faces of letters before a page needs them: every size and weight is asked of another process, and a
 * page that meets ten new ones waits longer for them than for everything else.
 */
export async function findFaces(): Promise<void> {
  const text = SIZES.flatMap((size) => WEIGHTS.map((weight) => `${weight} ${size} var(--ant-font-family)`))
  for (const font of [...text, '13px var(--mono)']) {
    const sample = document.createElement('span')
    sample.ariaHidden = 'true'
    sample.textContent = SAMPLE
    sample.className = 'face'
    sample.style.font = font
    document.body.append(sample)
    await new Promise((done) => requestAnimationFrame(done))
    await idle()
    sample.remove()
  }
}
