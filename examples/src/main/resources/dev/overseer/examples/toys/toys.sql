create table public.toys (
  id    uuid primary key,
  type  text not null,
  color text
);
