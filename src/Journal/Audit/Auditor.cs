namespace Zvonok.Journal.Audit;

/// <summary>
/// Checks the invariants of <c>docs/ARCHITECTURE.md</c> on the data itself, without asking any grain. It reads one
/// consistent state of the database, also while silos write.
/// </summary>
public sealed class Auditor
{
    private readonly JournalDatabase _database;

    internal Auditor(JournalDatabase database) => _database = database;

    /// <summary>Runs every check and reports each as it is done.</summary>
    public async Task<IReadOnlyList<AuditFinding>> Run(Action<AuditFinding> report, CancellationToken stop)
    {
        var findings = new List<AuditFinding>();
        await using var connection = await _database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        foreach (var check in AuditChecks.All)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = check.Sql;
            command.CommandTimeout = 0;
            await using var rows = await command.ExecuteReaderAsync(stop);
            await rows.ReadAsync(stop);
            var finding = new AuditFinding(
                check.Invariant, check.Name, rows.GetInt64(0), rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetString(2));
            findings.Add(finding);
            report(finding);
        }

        return findings;
    }
}

/// <summary>What one check found.</summary>
/// <param name="Invariant">The invariant's number.</param>
/// <param name="Name">What has to hold.</param>
/// <param name="Checked">How many things were looked at.</param>
/// <param name="Breaches">How many of them break it; 0 is clean.</param>
/// <param name="Example">Where the first breach is; null when clean.</param>
public sealed record AuditFinding(int Invariant, string Name, long Checked, long Breaches, string? Example)
{
    /// <summary>True when nothing breaks it.</summary>
    public bool IsClean => Breaches == 0;
}
