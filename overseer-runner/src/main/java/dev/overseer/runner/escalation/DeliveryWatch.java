package dev.overseer.runner.escalation;

/** Hears how a channel does, so that somebody learns that nobody is told. */
public interface DeliveryWatch {

  /** The channel took something. */
  void taken(String channel);

  /** A delivery was not taken for so long that it is tried no more. */
  void givenUp(String channel, String error);
}
