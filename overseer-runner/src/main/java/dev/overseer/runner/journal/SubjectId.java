package dev.overseer.runner.journal;

/** What transitions and deliveries are about: a violation or an incident. */
public sealed interface SubjectId permits ViolationId, IncidentId {

  /** 32 hexadecimal digits, different for every subject of either kind. */
  String hex();
}
