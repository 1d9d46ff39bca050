package dev.overseer.runner.simulation;

/** What must hold after every step, and at the end. */
enum Invariant {
  AS_THE_MODEL("every complete verdict is one of the model's"),
  NOTHING_FORGOTTEN("no trigger is forgotten"),
  COVERED("no complete verdict before its cut is covered"),
  RECORDED_ONCE("no verdict is on record twice"),
  COVERAGE("coverage claims only what was judged"),
  DATA_STATE("a violation is open where the greatest cut failed"),
  ESCALATED_ONCE("nothing is escalated twice under one key, nor out of turn, nor forgotten"),
  TOLD_WHEN_ACTIVE("what is open of an active check was told, and nothing of one that is not"),
  BACKTEST("a backtest says what the live run said"),
  COMES_TO_REST("a run comes to an end");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  @Override
  public String toString() {
    return sentence;
  }

  void require(boolean holds, java.util.function.Supplier<String> otherwise) {
    if (!holds) {
      throw new Broken(this, otherwise.get());
    }
  }

  /** It does not hold. */
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    private Broken(Invariant invariant, String how) {
      super(how);
      this.invariant = invariant;
    }

    Invariant invariant() {
      return invariant;
    }
  }
}
