package dev.overseer.architecture.offenders;

final class StateManager {}
