-- withdrawal_id points into another database, which no foreign key can.
create table public.entries (
  id            uuid primary key,
  withdrawal_id uuid not null,
  currency      text not null,
  amount        numeric(38, 18) not null,
  direction     text not null,
  kind          text not null,
  created_at    timestamptz not null default clock_timestamp()
);
