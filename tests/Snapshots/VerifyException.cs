namespace VerifyTests;

/// <summary>A snapshot differs from what was received.</summary>
public sealed class VerifyException(string message) : Exception(message);
