package dev.overseer.architecture.offenders;

final class ThreadStarter {
  final Thread thread = Thread.ofVirtual().unstarted(() -> {});
}
