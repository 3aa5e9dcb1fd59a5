namespace Zvonok.Grains.Journal;

/// <summary>The database does not answer, or the outcome of a commit is not known. Repeat the same operation.</summary>
[GenerateSerializer, Alias("zvonok.JournalUnavailable")]
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More waits for the journal than it may hold; nothing was written. Repeat a little later.</summary>
[GenerateSerializer, Alias("zvonok.JournalOverloaded")]
public sealed class JournalOverloadedException(string message) : Exception(message);

/// <summary>Another activation of this grain has written meanwhile; this one knows nothing and is gone. Repeat at once.</summary>
[GenerateSerializer, Alias("zvonok.StaleActivation")]
public sealed class StaleActivationException(string message) : Exception(message);

/// <summary>The operation id or the bank reference was used before for something else (D2).</summary>
[GenerateSerializer, Alias("zvonok.OperationReused")]
public sealed class OperationReusedException(string field, string message) : Exception(message)
{
    /// <summary>The field at fault.</summary>
    [Id(0)]
    public string Field { get; } = field;
}

/// <summary>The operation id was made further ahead than any honest clock is (<see cref="OperationRules.FutureSkewMax"/>).</summary>
[GenerateSerializer, Alias("zvonok.OperationFromFuture")]
public sealed class OperationFromFutureException(string message) : Exception(message);

/// <summary>So much is recorded around the days of a report that none is made; asking again does not help.</summary>
[GenerateSerializer, Alias("zvonok.ReportTooLarge")]
public sealed class ReportTooLargeException(string message) : Exception(message);
