namespace Zvonok.Journal.Tests.Support;

/// <summary>Passages written past the journal, in a transaction that the test holds in its own hand (PostgreSQL).</summary>
internal static class RawPassages
{
    public static string Insert(int building, long seq) => $"""
        insert into passage (seq, operation, fingerprint, event_at, recorded_at, made_until, building, device, kind, mode_after, outcome, flag, refusal, direction, account)
        values ({seq}, '{Given.Operation()}', 1, now(), now(), now(), {building}, 601, 1, 1, 1, 0, 0, 1, {Given.Number()})
        """;
}
