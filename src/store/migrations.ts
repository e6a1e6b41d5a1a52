/**
 * The schema, step by step. A step that was released is never changed (its checksum is kept in every database): add one.
 *
 * Columns come in the order in which they are read: what is large stands last. A text and its `_zip` twin are one value
 * (packed-text.ts).
 */
export interface Migration {
  /** Counts from 1 without gaps. */
  readonly number: number;
  readonly sqlite: string;
  readonly postgres: string;
}

/** Few pages change with a message: that is what a durable commit costs. So an index needs a good reason. */
const cases = `
create table cases (
  id text not null primary key,
  chat text not null,
  workspace text not null,
  thread text not null,
  status text not null check (status in ('open', 'closed')),
  opened_by text not null,
  opened_by_name text,
  opened_at bigint not null,
  changed_at bigint not null,
  closed_at bigint,
  version integer not null,
  outgoing integer not null,
  last_reply text,
  last_status text,
  last_hand_off text,
  symptom text,
  peer text,
  verdict text,
  cause text,
  title text,
  tail text,
  unique (chat, workspace, thread)
);
create index cases_opened on cases (opened_at);
create index cases_open on cases (opened_at) where status = 'open';
create index cases_closed on cases (closed_at) where status = 'closed';
create index cases_peer on cases (peer, opened_at) where peer is not null;
create index cases_cause on cases (cause, opened_at) where cause is not null;
`;

const turns = (bytes: string) => `
create table turns (
  case_id text not null references cases (id),
  number integer not null,
  at bigint not null,
  message text,
  echo text not null,
  said text,
  said_zip ${bytes},
  events text,
  events_zip ${bytes},
  primary key (case_id, number)
);
`;

/** Only what is not sent: a sent row is deleted. Numbers count within the case, and none is used twice. */
const outbox = (bytes: string) => `
create table outbox (
  case_id text not null references cases (id),
  number integer not null,
  chat text not null,
  workspace text not null,
  thread text not null,
  turn integer not null,
  state text not null check (state in ('waiting', 'dead')),
  attempt integer not null,
  created_at bigint not null,
  due_at bigint not null,
  owner text,
  reason text,
  answer_by text,
  body text,
  body_zip ${bytes},
  primary key (case_id, number)
);
`;

const others = `
create table leases (
  name text not null primary key,
  owner text not null,
  until bigint not null
);

create table probe (
  one integer not null primary key check (one = 1),
  at bigint not null
);
insert into probe (one, at) values (1, 0);
`;

/** The number tells replicas what is new; SQLite finds that by the turns' row numbers. */
const inboxSqlite = `
create table inbox (
  delivery text not null primary key,
  case_id text,
  seen_at bigint not null
) without rowid;
`;
const inboxPostgres = `
create table inbox (
  delivery text not null primary key,
  case_id text,
  seen_at bigint not null,
  seq bigserial not null unique
);
create index outbox_due on outbox (due_at) where state = 'waiting';
`;

/** For looking back; in the case's own row, so that nothing of it outlives the case. No index: see cases-search.ts. */
const lookingBack = ["own text", "fix text", "asked text", "found_at bigint", "fixed_at bigint", "recall text"]
  .map((column) => `alter table cases add column ${column};`)
  .join("\n");

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    sqlite: cases + turns("blob") + outbox("blob") + inboxSqlite + others,
    postgres: cases + turns("bytea") + outbox("bytea") + inboxPostgres + others,
  },
  { number: 2, sqlite: lookingBack, postgres: lookingBack },
];
