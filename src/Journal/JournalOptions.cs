using System.ComponentModel.DataAnnotations;

namespace Zvonok.Journal;

/// <summary>Settings of the journal, section <c>Zvonok:Journal</c>.</summary>
public sealed class JournalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Journal";

    /// <summary>The connection string's name: <c>ConnectionStrings:Zvonok</c>.</summary>
    public const string ConnectionStringName = "Zvonok";

    /// <summary>PostgreSQL's connection string; empty: SQLite in <see cref="DataDirectory"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Where SQLite's file lives.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Appends that one transaction takes at most.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":BatchSizeMax should be {1} to {2}.")]
    public int BatchSizeMax { get; set; } = 1_000;

    /// <summary>Appends that may wait for the next transaction; one more is refused at once.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":QueueMax should be {1} to {2}.")]
    public int QueueMax { get; set; } = 20_000;

    /// <summary>
    /// Milliseconds after which an append or a read counts as failed, its waiting included, so that every caller has an
    /// answer within two seconds, come what may: what is left is for the way here and back, on a busy processor whose code is cold
    /// (0.67 s were seen, docs/RELIABILITY.md).
    /// </summary>
    [Range(100, 10_000, ErrorMessage = Section + ":DeadlineMilliseconds should be {1} to {2}.")]
    public int DeadlineMilliseconds { get; set; } = 1_200;

    /// <summary>Connections that read; each of the two writers has one of its own.</summary>
    [Range(1, 100, ErrorMessage = Section + ":ReadConnectionsMax should be {1} to {2}.")]
    public int ReadConnectionsMax { get; set; } = 4;

    /// <summary>Seconds that a report may take, until whoever asked has its last line.</summary>
    [Range(1, 36_000, ErrorMessage = Section + ":ReportSecondsMax should be {1} to {2}.")]
    public int ReportSecondsMax { get; set; } = 600;

    internal TimeSpan ReportTimeMax => TimeSpan.FromSeconds(ReportSecondsMax);

    internal TimeSpan Deadline => TimeSpan.FromMilliseconds(DeadlineMilliseconds);

    /// <summary>How much of the deadline an append may spend waiting for its transaction to begin.</summary>
    internal TimeSpan WaitMax => Deadline * 2 / 3;

    /// <summary>
    /// Appends that wait before they have a transaction of their own beside the one that runs. Fewer wait for the next one: transactions cost a wait for the disk and
    /// some 0.2 ms each, and a city's usual second does not fill two of them (docs/decisions/0014-two-writers.md).
    /// </summary>
    internal int CrowdMin { get; init; } = 300;
}
