namespace Zvonok.Silo.Cluster;

/// <summary>
/// What a silo does that learns that the others have given it up: it says so and ends at once. It must not drain, for its accounts and
/// buildings live elsewhere by now; what it has not answered, devices repeat there. Whoever started it starts it again.
/// </summary>
internal sealed class LastWord : IFatalErrorHandler
{
    /// <summary>Exit status of a silo that the cluster has given up.</summary>
    public const int GivenUp = 3;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // Past the logger, which writes later than this process lives.
        Console.Error.WriteLine($"This silo is no longer a member of its cluster and ends; start it again. {context} {exception?.Message}".TrimEnd());
        Environment.Exit(GivenUp);
    }
}
