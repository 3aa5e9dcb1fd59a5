using Google.Protobuf.WellKnownTypes;

namespace Zvonok.History.Load;

/// <summary>One operation as a client sends it, any number of times and over any connection.</summary>
public abstract record Operation
{
    /// <summary>Its name as the journal has it.</summary>
    public Guid Id => new(WireId.Span, bigEndian: true);

    /// <summary>The account or building that decides it, named as in <see cref="JournalRow.Ledger"/>.</summary>
    public abstract string Ledger { get; }

    /// <summary>Its name as it goes over the wire.</summary>
    protected abstract ByteString WireId { get; }

    /// <summary>Sends it; throws what the connection throws.</summary>
    public abstract Task<Answer> Send(Line line, CancellationToken patience);

    /// <summary>True when a row of the journal is what was asked for.</summary>
    public abstract bool Made(JournalRow row);

    /// <summary>The answer that a row of the journal stands for.</summary>
    public abstract Answer AnswerOf(JournalRow row);

    protected static Instant TimeOf(Timestamp time) => Instant.FromUnixTimeSeconds(time.Seconds).PlusNanoseconds(time.Nanos);
}
