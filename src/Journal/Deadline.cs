namespace Zvonok.Journal;

/// <summary>
/// A deadline that is kept whatever the driver does. Npgsql blocks the thread that tells it to give up while it asks the
/// server to cancel, and a server that hangs does not answer that either. So callers are answered first, and the driver is
/// told by a thread that nobody waits for.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private static readonly OwnThread Teller = new("zvonok-journal-deadline");

    private readonly CancellationTokenSource _callers;
    private readonly CancellationTokenSource _driver = new();

    public Deadline(TimeSpan left, TimeProvider time)
    {
        _callers = new CancellationTokenSource(left, time);
        _callers.Token.UnsafeRegister(static driver => Teller.Run(((CancellationTokenSource)driver!).Cancel), _driver);
    }

    /// <summary>True when the callers are to be answered.</summary>
    public bool IsOver => _callers.IsCancellationRequested;

    /// <summary>For whoever waits: cancelled when it is over.</summary>
    public CancellationToken Callers => _callers.Token;

    /// <summary>For the driver: cancelled soon after.</summary>
    public CancellationToken Driver => _driver.Token;

    // The driver's source has no timer, and may still be told.
    public void Dispose() => _callers.Dispose();
}
