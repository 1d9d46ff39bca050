package dev.overseer.architecture.offenders;

import java.util.Random;

final class UnseededDice {
  final int throwOne = new Random().nextInt(6);
}
