package dev.overseer.model;

/** What a change did to its record, or to its table. */
public enum Operation {
  INSERT('i'),
  UPDATE('u'),
  DELETE('d'),
  /** The record existed when its table was read; not a change of it. */
  SNAPSHOT('s'),
  /** Removes every record of its table. */
  TRUNCATE('t'),
  /** Changes no record: text that an application wrote into the source's log. */
  ANNOTATION('a');

  private final char code;

  Operation(char code) {
    this.code = code;
  }

  /** The operation's stable letter in stored forms. */
  public char code() {
    return code;
  }

  public static Operation of(char code) {
    for (Operation operation : values()) {
      if (operation.code == code) {
        return operation;
      }
    }
    throw new CorruptStore("No operation has the code '" + code + "'");
  }
}
