package dev.overseer.bench.crash;

/** What goes wrong with a withdrawal, by which check it is found, and whether it is put right. */
enum Fate {
  NEVER_BOOKED(CrashChecks.BOOKED, false),
  BOOKED_LATE(CrashChecks.BOOKED, true),
  BOOKED_WRONG(CrashChecks.BOOKED, false),
  CORRECTED(CrashChecks.BOOKED, true),
  NEVER_COMPLETED(CrashChecks.COMPLETED, false),
  COMPLETED_LATE(CrashChecks.COMPLETED, true);

  private final String check;
  private final boolean healed;

  Fate(String check, boolean healed) {
    this.check = check;
    this.healed = healed;
  }

  String check() {
    return check;
  }

  boolean healed() {
    return healed;
  }
}
