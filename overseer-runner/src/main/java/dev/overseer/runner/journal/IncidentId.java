package dev.overseer.runner.journal;

/** There is one incident for each kind of trouble and what it befalls. */
public record IncidentId(String hex) implements SubjectId {
  public IncidentId {
    hex = Fingerprint.checked("incident", hex);
  }

  public static IncidentId of(IncidentKind kind, String subject) {
    return new IncidentId(new Fingerprint("incident").add(kind.word()).add(subject).hex());
  }

  @Override
  public String toString() {
    return hex;
  }
}
