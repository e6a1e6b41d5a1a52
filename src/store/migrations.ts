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

const first = (serial: string, blob: string) => `
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

create table turns (
  case_id text not null references cases (id),
  number integer not null,
  at bigint not null,
  message text,
  echo text not null,
  said text,
  said_zip ${blob},
  events text,
  events_zip ${blob},
  primary key (case_id, number)
);

create table inbox (
  seq ${serial},
  delivery text not null unique,
  case_id text,
  seen_at bigint not null
);

create table outbox (
  id ${serial},
  case_id text not null references cases (id),
  chat text not null,
  workspace text not null,
  thread text not null,
  turn integer not null,
  type text not null,
  state text not null check (state in ('waiting', 'sent', 'dead')),
  attempt integer not null,
  created_at bigint not null,
  due_at bigint not null,
  owner text,
  reference text,
  reason text,
  answer_by text,
  body text,
  body_zip ${blob}
);
create index outbox_order on outbox (case_id, chat, state, id);
create index outbox_due on outbox (due_at, id) where state = 'waiting';
create index outbox_dead on outbox (id) where state = 'dead';

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

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    sqlite: first("integer primary key autoincrement", "blob"),
    postgres: first("bigserial primary key", "bytea"),
  },
];
