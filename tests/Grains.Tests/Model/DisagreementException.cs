namespace Zvonok.Grains.Tests.Model;

/// <summary>The real accounts do not do what the naive ones do.</summary>
internal sealed class DisagreementException(string message) : Exception(message);
