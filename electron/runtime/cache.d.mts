/** A live process: its id, host and start time, so that a reused id is not taken for it. */
export type Owner = { pid: number; host: string; started: string; token: string }

/** `YOUPIN_CACHE`, or the platform's cache folder + `youpin-onsite`. Nothing in it is ever needed as data. */
export declare const cacheFolder: () => string
export declare const thisProcess: () => Owner
/** True as well for a process of another host: nothing is known about it. */
export declare const isAlive: (owner: Owner) => boolean
/** Blocks the thread until the lock is ours; a lock whose owner has died is taken over. Returns the release. */
export declare const acquireLock: (name: string, onWait?: () => void) => () => void
export declare const withLock: <T>(name: string, work: () => Promise<T> | T, onWait?: () => void) => Promise<T>
