create table public.withdrawals (
  id           uuid primary key,
  account      text not null,
  currency     text not null,
  amount       numeric(38, 18) not null,
  status       text not null,
  requested_at timestamptz not null default clock_timestamp(),
  completed_at timestamptz
);

create table public.refunds (
  id            uuid primary key,
  withdrawal_id uuid not null references public.withdrawals,
  amount        numeric(38, 18) not null,
  status        text not null,
  paid_at       timestamptz not null default clock_timestamp()
);
