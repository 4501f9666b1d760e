package io.mcpserver.insight.profile;

/**
 * What stands out in a profile, and what to do about it.
 *
 * @param weight how much it matters: the largest first
 */
public record Finding(double weight, String what, String todo) {}
