const KIB = 1024
const MIB = 1024 * KIB

/** Bytes of a whole package: FAT32 sticks hold it, and no ZIP64 is needed. */
export const MAX_PACKAGE_BYTES = 4 * 1024 * MIB - 64 * KIB
export const MAX_ENTRIES = 20_000
/** Deepest nesting a stored document may have. */
export const MAX_JSON_DEPTH = 32
/** ASCII, so characters are bytes. */
export const MAX_NAME_BYTES = 120
/** One photo (jpg, png, webp, heic): bytes and pixels. Other media count only against the whole. */
export const MAX_PHOTO_BYTES = 64 * MIB
export const MAX_PHOTO_PIXELS = 100_000_000
export const MAX_STATEMENT_BYTES = 64 * KIB
export const MAX_MANIFEST_BYTES = 4 * MIB
export const MAX_DOCUMENT_BYTES = 16 * MIB
export const MAX_LOG_BYTES = 64 * MIB
/** mimetype, bagit.txt, bag-info.txt, tag manifest, signature files: a few lines each. */
export const MAX_TAG_FILE_BYTES = 64 * KIB
/** A log line keeps a value whose JCS is at most this long, of a longer one its hash. */
export const MAX_LOG_VALUE_BYTES = 256
