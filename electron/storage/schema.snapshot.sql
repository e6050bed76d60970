-- user_version 50
CREATE INDEX answer_history_by_item ON answer_history (taskId, item, n);

CREATE INDEX media_by_hash ON media (sha256);

CREATE INDEX package_by_task ON package (taskId, kind);

CREATE INDEX package_entry_by_file ON package_entry (sha256) WHERE bytes IS NULL;

CREATE TABLE answer (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  item TEXT NOT NULL,
  doc TEXT NOT NULL,
  updatedAt TEXT NOT NULL,
  PRIMARY KEY (taskId, item)
) STRICT;

CREATE TABLE answer_history (
  n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  taskId TEXT NOT NULL REFERENCES sheet_work,
  item TEXT NOT NULL,
  at TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

CREATE TABLE carry_over (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  id TEXT NOT NULL,
  finding TEXT NOT NULL,
  media TEXT NOT NULL,
  PRIMARY KEY (taskId, id)
) STRICT;

CREATE TABLE decision (
  taskId TEXT NOT NULL,
  item TEXT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (taskId, item)
) STRICT;

CREATE TABLE exclusion (
  taskId TEXT NOT NULL,
  personId TEXT NOT NULL,
  sheet TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (taskId, personId)
) STRICT;

CREATE TABLE import_mapping (
  head TEXT NOT NULL PRIMARY KEY,
  mapping TEXT NOT NULL,
  usedAt TEXT NOT NULL
) STRICT;

CREATE TABLE log_line (
  deviceId TEXT NOT NULL,
  taskId TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 1),
  line BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (deviceId, taskId, n)
) STRICT;

CREATE TABLE media (
  taskId TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  ext TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  exifAt TEXT,
  exifOffset TEXT,
  fileAt TEXT,
  importedAt TEXT NOT NULL,
  road TEXT NOT NULL,
  device TEXT NOT NULL,
  gps TEXT,
  caption TEXT NOT NULL,
  items TEXT NOT NULL,
  name TEXT NOT NULL,
  inReport INTEGER NOT NULL CHECK (inReport IN (0, 1)),
  derivedFrom TEXT,
  crc32 INTEGER NOT NULL,
  preview INTEGER NOT NULL CHECK (preview IN (0, 1)),
  discardedAt TEXT,
  PRIMARY KEY (taskId, sha256)
) STRICT;

CREATE TABLE meeting (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  place TEXT NOT NULL,
  clockNote TEXT NOT NULL,
  attendance TEXT NOT NULL,
  media TEXT NOT NULL,
  minutes TEXT NOT NULL,
  PRIMARY KEY (taskId, position)
) STRICT;

CREATE TABLE merged_nonconformity (
  taskId TEXT NOT NULL,
  id TEXT NOT NULL,
  item TEXT,
  kind TEXT NOT NULL,
  requirement TEXT NOT NULL,
  evidence TEXT NOT NULL,
  "where" TEXT NOT NULL,
  "when" TEXT NOT NULL,
  sample TEXT NOT NULL,
  media TEXT NOT NULL,
  confirmedBy TEXT NOT NULL,
  state TEXT NOT NULL,
  sources TEXT NOT NULL,
  deadline TEXT,
  verify TEXT NOT NULL,
  history TEXT NOT NULL,
  PRIMARY KEY (taskId, id)
) STRICT;

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE moved_record (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  templateSha256 TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answer', 'nonconformity', 'witnessTests', 'media')),
  id TEXT NOT NULL,
  doc TEXT NOT NULL,
  became TEXT NOT NULL,
  PRIMARY KEY (taskId, templateSha256, kind, id)
) STRICT;

CREATE TABLE nonconformity (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  id TEXT NOT NULL,
  item TEXT,
  kind TEXT NOT NULL,
  requirement TEXT NOT NULL,
  evidence TEXT NOT NULL,
  "where" TEXT NOT NULL,
  "when" TEXT NOT NULL,
  sample TEXT NOT NULL,
  media TEXT NOT NULL,
  confirmedBy TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (taskId, id)
) STRICT;

CREATE TABLE package (
  digest TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('task', 'sheet', 'result')),
  origin TEXT NOT NULL CHECK (origin IN ('made', 'imported')),
  projectId TEXT NOT NULL,
  taskId TEXT NOT NULL,
  authorKeyId TEXT NOT NULL,
  personId TEXT NOT NULL,
  displayName TEXT NOT NULL,
  deviceId TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  subject TEXT,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  supersedes TEXT,
  documentSha256 TEXT NOT NULL,
  logSize INTEGER NOT NULL,
  logSha256 TEXT NOT NULL,
  createdAt TEXT NOT NULL,
  storedAt TEXT NOT NULL,
  fileSha256 TEXT,
  size INTEGER NOT NULL,
  UNIQUE (authorKeyId, deviceId, seq)
) STRICT;

CREATE TABLE package_entry (
  digest TEXT NOT NULL REFERENCES package,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  bytes BLOB,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  crc32 INTEGER NOT NULL,
  PRIMARY KEY (digest, position),
  UNIQUE (digest, name)
) STRICT;

CREATE TABLE package_export (
  digest TEXT NOT NULL REFERENCES package,
  path TEXT NOT NULL,
  exportedAt TEXT NOT NULL,
  verifiedAt TEXT,
  PRIMARY KEY (digest, path)
) STRICT;

CREATE TABLE project (
  projectId TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  rootKeyId TEXT NOT NULL,
  rootSpki TEXT NOT NULL,
  isRoot INTEGER NOT NULL CHECK (isRoot IN (0, 1)),
  centreUrl TEXT,
  centreKeyId TEXT,
  clockOffsetMs INTEGER,
  createdAt TEXT NOT NULL
) STRICT;

CREATE TABLE receipt (
  digest TEXT NOT NULL REFERENCES package,
  keyId TEXT NOT NULL,
  doc BLOB NOT NULL,
  sig BLOB NOT NULL,
  receivedAt TEXT NOT NULL,
  PRIMARY KEY (digest, keyId)
) STRICT;

CREATE TABLE report_template (
  sha256 TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  edition INTEGER NOT NULL,
  category TEXT NOT NULL,
  doc TEXT NOT NULL,
  savedAt TEXT NOT NULL,
  UNIQUE (id, edition)
) STRICT;

CREATE TABLE report_template_draft (
  id TEXT NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  updatedAt TEXT NOT NULL
) STRICT;

CREATE TABLE report_template_use (
  category TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES report_template (sha256)
) STRICT;

CREATE TABLE roster (
  projectId TEXT NOT NULL REFERENCES project,
  rosterSeq INTEGER NOT NULL CHECK (rosterSeq >= 1),
  doc BLOB NOT NULL,
  sig BLOB NOT NULL,
  storedAt TEXT NOT NULL,
  PRIMARY KEY (projectId, rosterSeq)
) STRICT;

CREATE TABLE section_summary (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  section TEXT NOT NULL,
  facts TEXT NOT NULL,
  strengths TEXT NOT NULL,
  gaps TEXT NOT NULL,
  suggestions TEXT NOT NULL,
  PRIMARY KEY (taskId, section)
) STRICT;

CREATE TABLE sheet_work (
  taskId TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  reason TEXT NOT NULL,
  declaration TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'sealed'))
, taskRevision INTEGER NOT NULL DEFAULT 1, movedFrom INTEGER) STRICT;

CREATE TABLE task (
  taskId TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  sha256 TEXT NOT NULL,
  projectId TEXT NOT NULL REFERENCES project,
  templateSha256 TEXT NOT NULL REFERENCES template,
  doc BLOB NOT NULL,
  packageDigest TEXT,
  storedAt TEXT NOT NULL,
  PRIMARY KEY (taskId, revision)
) STRICT;

CREATE TABLE task_draft (
  draftId TEXT NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  updatedAt TEXT NOT NULL
, revises TEXT, fromRevision INTEGER) STRICT;

CREATE TABLE team_work (
  taskId TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  changeNote TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  text TEXT,
  conclusion TEXT,
  confirmation TEXT
) STRICT;

CREATE TABLE template (
  sha256 TEXT NOT NULL PRIMARY KEY,
  doc BLOB NOT NULL,
  storedAt TEXT NOT NULL
) STRICT;

CREATE TABLE template_draft (
  draftId TEXT NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  updatedAt TEXT NOT NULL
) STRICT;

CREATE TABLE upload_queue (
  digest TEXT NOT NULL PRIMARY KEY REFERENCES package,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sentUnconfirmed', 'received', 'refused', 'stopped')),
  uploadUrl TEXT,
  "offset" INTEGER NOT NULL,
  size INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  nextTryAt TEXT,
  failure TEXT,
  queuedAt TEXT NOT NULL
) STRICT;

CREATE TABLE withdrawn (
  taskId TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (taskId, sha256)
) STRICT;

CREATE TABLE witness_test (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  position INTEGER NOT NULL,
  item TEXT NOT NULL,
  what TEXT NOT NULL,
  method TEXT NOT NULL,
  result TEXT NOT NULL,
  media TEXT NOT NULL,
  PRIMARY KEY (taskId, position)
) STRICT;

CREATE TRIGGER answer_history_keeps BEFORE UPDATE ON answer_history BEGIN SELECT RAISE(ABORT, 'insert only'); END;

CREATE TRIGGER answer_history_stays BEFORE DELETE ON answer_history BEGIN SELECT RAISE(ABORT, 'insert only'); END;

CREATE TRIGGER log_line_keeps BEFORE UPDATE ON log_line BEGIN SELECT RAISE(ABORT, 'insert only'); END;

CREATE TRIGGER log_line_stays BEFORE DELETE ON log_line BEGIN SELECT RAISE(ABORT, 'insert only'); END;
