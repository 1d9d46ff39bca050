create table withdrawals (
  id           uuid primary key,
  account      text not null,
  currency     text not null,
  amount       numeric(38, 18) not null,
  status       text not null,
  destination  text not null,
  requested_at timestamptz not null,
  completed_at timestamptz
);

create table entries (
  id            uuid primary key,
  withdrawal_id uuid not null,
  account       text not null,
  currency      text not null,
  amount        numeric(38, 18) not null,
  kind          text not null,
  booked_at     timestamptz not null
);

create function withdrawal_id(n int) returns uuid language sql immutable as $$
  select md5('withdrawal ' || n)::uuid
$$;

create function amount(n int) returns numeric language sql immutable as $$
  select (n % 9973 + 1) * 1.000000000000000001
$$;

create procedure request(first int, last int) language sql as $$
  insert into withdrawals
  select withdrawal_id(n), 'account-' || n % 10007, 'ETH', amount(n), 'requested',
         '0x' || substr(md5('a' || n) || md5('b' || n), 1, 40), clock_timestamp(), null
  from generate_series(first, last) n
$$;

create procedure book(first int, last int) language sql as $$
  insert into entries
  select md5('entry ' || n)::uuid, withdrawal_id(n), 'customer-funds:' || n % 10007, 'ETH', amount(n),
         'booking', clock_timestamp()
  from generate_series(first, last) n
$$;

create procedure complete(first int, last int) language sql as $$
  update withdrawals set status = 'completed', completed_at = clock_timestamp()
  where id in (select withdrawal_id(n) from generate_series(first, last) n)
$$;

-- Withdrawals of these numbers, a hundred at a time: requested, then booked, then completed, each in
-- transactions of so many rows.
create procedure fill(first int, last int, rows_per_transaction int) language plpgsql as $$
declare
  start int := first;
  stop  int;
  n     int;
begin
  while start <= last loop
    stop := least(start + 99, last);
    for n in start..stop by rows_per_transaction loop
      call request(n, least(n + rows_per_transaction - 1, stop));
      commit;
    end loop;
    for n in start..stop by rows_per_transaction loop
      call book(n, least(n + rows_per_transaction - 1, stop));
      commit;
    end loop;
    for n in start..stop by rows_per_transaction loop
      call complete(n, least(n + rows_per_transaction - 1, stop));
      commit;
    end loop;
    start := stop + 1;
  end loop;
end
$$;
