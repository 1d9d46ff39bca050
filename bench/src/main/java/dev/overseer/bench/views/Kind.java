package dev.overseer.bench.views;

/** What is read, and how long its history is. */
enum Kind {
  TEN_UPDATES("10 updates", 2_000, 10, 1, 1),
  THOUSAND_UPDATES("1,000 updates", 100, 1_000, 1, 1),
  HUNDRED_THOUSAND_UPDATES("100,000 updates", 1, 100_000, 1, 10),
  THOUSAND_MEMBERS("view of 1,000 members", 1_000, 10, 1_000, 10);

  /** So far apart that no two kinds have a record in common, nor a target. */
  private static final long RECORDS_APART = 1_000_000;

  final String title;
  final int records;
  final int updatesPerRecord;
  final int membersPerView;
  final double millisMax;

  Kind(String title, int records, int updatesPerRecord, int membersPerView, double millisMax) {
    this.title = title;
    this.records = records;
    this.updatesPerRecord = updatesPerRecord;
    this.membersPerView = membersPerView;
    this.millisMax = millisMax;
  }

  long firstRecord() {
    return (1 + ordinal()) * RECORDS_APART;
  }

  boolean isView() {
    return membersPerView > 1;
  }

  /** As in the names of bars. */
  String word() {
    return isView() ? "view" : "record-" + updatesPerRecord;
  }
}
