package dev.overseer.server.desk;

import dev.overseer.model.InvalidRequest;

/**
 * That a subject is to be erased. Never printed: the name may be personal.
 *
 * @param kind what the name means
 * @param subject its name, as the source writes it
 * @param by who; anybody's word, for the record
 * @param reason for the record
 */
public record ErasureRequest(String kind, String subject, String by, String reason) {
  private static final int TEXT_MAX = 2000;

  public ErasureRequest {
    if (by.isBlank() || by.length() > TEXT_MAX) {
      throw new InvalidRequest("Say who does it, in 1 to %d characters".formatted(TEXT_MAX));
    }
    if (reason.isBlank() || reason.length() > TEXT_MAX) {
      throw new InvalidRequest(
          "Give a reason, in 1 to %d characters: it stays on record".formatted(TEXT_MAX));
    }
  }

  @Override
  public String toString() {
    return "the erasure of a subject of kind '" + kind + "' by " + by;
  }
}
