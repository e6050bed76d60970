const CONTROLS = 'input:not([type=hidden]):not([tabindex="-1"]), select, textarea, button'

/** Brings the control of a finding into view and gives it the focus; the nearest around it when it has none of its own. */
export function focusPlace(pane: HTMLElement, path: string): void {
  const places = [...pane.querySelectorAll<HTMLElement>('[data-path]')]
  const depth = (place: HTMLElement) => {
    const own = place.dataset['path'] ?? ''
    return path === own || path.startsWith(`${own}.`) ? own.length : -1
  }
  const best = places.reduce<HTMLElement | null>(
    (found, place) => (depth(place) > (found === null ? -1 : depth(found)) ? place : found),
    null,
  )
  // A list's head says what is wrong; its first control is where to begin.
  const within = places.filter((place) => (place.dataset['path'] ?? '') === best?.dataset['path'])
  const control =
    within.map((place) => place.querySelector<HTMLElement>(CONTROLS)).find((one) => one !== null) ?? best ?? pane
  control.focus({ preventScroll: true })
  ;(best ?? control).scrollIntoView({ block: 'center' })
}
