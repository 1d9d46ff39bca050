package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;

/** The kinds of messages, each with its first byte. */
public enum PgOutputKind {
  BEGIN('B'),
  COMMIT('C'),
  ORIGIN('O'),
  RELATION('R'),
  TYPE('Y'),
  INSERT('I'),
  UPDATE('U'),
  DELETE('D'),
  TRUNCATE('T'),
  MESSAGE('M');

  private static final PgOutputKind[] BY_CODE = new PgOutputKind['Z'];

  static {
    for (PgOutputKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  final char code;

  PgOutputKind(char code) {
    this.code = code;
  }

  static PgOutputKind of(byte code) throws Undecodable {
    PgOutputKind kind = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    if (kind == null) {
      throw new Undecodable(
          "No message of pgoutput's protocol version 1 begins with byte 0x%02x".formatted(code));
    }
    return kind;
  }
}
