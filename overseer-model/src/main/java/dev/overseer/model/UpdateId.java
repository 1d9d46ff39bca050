package dev.overseer.model;

/**
 * The identity of an update: its transaction and its ordinal, from 0, among the transaction's
 * surviving changes. A resend of the same change has the same id, however the stream was cut.
 */
public record UpdateId(SourceName source, TransactionId transaction, int ordinal) {

  @Override
  public String toString() {
    return source + ":" + transaction + "#" + ordinal;
  }
}
