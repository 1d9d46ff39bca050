package dev.overseer.examples.exchange.traffic;

import java.util.List;

/** An action as the database takes it. */
record Sql(String text, List<Object> parameters) {

  static Sql of(Action action) {
    return switch (action) {
      case Action.Request(var withdrawal, var money, var status) ->
          sql(
              """
              insert into withdrawals (id, account, currency, amount, status, completed_at)
              values (?, ?, ?, ?, ?, case when ? = 'completed' then clock_timestamp() end)
              on conflict do nothing\
              """,
              withdrawal,
              "account-" + Math.floorMod(withdrawal.hashCode(), 1_000),
              money.currency(),
              money.amount(),
              status,
              status);
      case Action.Complete(var withdrawal) ->
          sql(
              "update withdrawals set status = 'completed', completed_at = clock_timestamp() where"
                  + " id = ?",
              withdrawal);
      case Action.PayRefund(var refund, var withdrawal, var money) ->
          sql(
              """
              with refund as (
                insert into refunds (id, withdrawal_id, amount, status) values (?, ?, ?, 'paid')
                on conflict do nothing)
              update withdrawals set status = 'refunded' where id = ?\
              """,
              refund,
              withdrawal,
              money.amount(),
              withdrawal);
      case Action.ReverseRefund(var refund) ->
          sql("update refunds set status = 'reversed' where id = ?", refund);
      case Action.Enter(var entry, var withdrawal, var money, var kind) ->
          sql(
              """
              insert into entries (id, withdrawal_id, currency, amount, direction, kind)
              values (?, ?, ?, ?, ?, ?)
              on conflict do nothing\
              """,
              entry,
              withdrawal,
              money.currency(),
              money.amount(),
              kind.equals("refund") ? "credit" : "debit",
              kind);
      case Action.CorrectEntry(var entry, var money) ->
          sql("update entries set amount = ? where id = ?", money.amount(), entry);
      case Action.RemoveEntry(var entry) -> sql("delete from entries where id = ?", entry);
    };
  }

  private static Sql sql(String text, Object... parameters) {
    return new Sql(text, List.of(parameters));
  }
}
