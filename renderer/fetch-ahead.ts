/** Loads pages before they are asked for, one after the other and only while nothing else is to be done. Returns the way to stop. */
export function fetchAhead(pages: readonly (() => Promise<unknown>)[]): () => void {
  const [page, ...rest] = pages
  if (page === undefined) return () => undefined
  let stop = (): void => undefined
  const handle = requestIdleCallback(() => {
    let isStopped = false
    stop = () => {
      isStopped = true
    }
    // A page that cannot be loaded says so when it is opened.
    void page()
      .catch(() => undefined)
      .then(() => {
        if (!isStopped) stop = fetchAhead(rest)
      })
  })
  return () => {
    cancelIdleCallback(handle)
    stop()
  }
}
