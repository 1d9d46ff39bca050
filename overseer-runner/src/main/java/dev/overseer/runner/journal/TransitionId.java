package dev.overseer.runner.journal;

/** Which step of which subject: the same verdict causes the same step once. */
public record TransitionId(String hex) {
  public TransitionId {
    hex = Fingerprint.checked("transition", hex);
  }

  public static TransitionId of(SubjectId subject, long sequence, Grounds grounds) {
    Fingerprint print = new Fingerprint("transition").add(subject.hex()).add(sequence);
    switch (grounds) {
      case Grounds.Failure failure -> print.add(failure.verdict().hex());
      case Grounds.Healing healing -> print.add(healing.verdict().hex());
      case Grounds.Person person -> print.add(person.actor()).add(person.reason());
      case Grounds.Clock _ -> print.add("clock");
      case Grounds.Trouble trouble -> print.add(trouble.text());
      case Grounds.Configuration configuration -> print.add(configuration.text());
    }
    return new TransitionId(print.hex());
  }

  @Override
  public String toString() {
    return hex;
  }
}
