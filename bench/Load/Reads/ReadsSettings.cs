namespace Zvonok.Load.Reads;

/// <summary>What a run of <c>reads</c> is made with.</summary>
internal sealed record ReadsSettings
{
    public required int Pupils { get; init; }

    /// <summary>School days of the month.</summary>
    public required int Days { get; init; }

    /// <summary>The last of them, on which the gates are written too: what a week's report and the first pages look at.</summary>
    public required int PassageDays { get; init; }

    /// <summary>Reads a second, in an open loop.</summary>
    public required int Rate { get; init; }

    /// <summary>How long nobody measures: code is compiled, and caches are what they are in the middle of a day. The accounts that are woken later sleep on.</summary>
    public required int WarmSeconds { get; init; }

    /// <summary>How long it is measured.</summary>
    public required int Seconds { get; init; }

    /// <summary>Sockets, as of the portals and apps through which parents ask.</summary>
    public required int Connections { get; init; }

    /// <summary>PostgreSQL's cache. A month of a million accounts is 9 GB, and no run of this length meets a row twice: a small cache would time the kernel's, not the database.</summary>
    public required int CacheGigabytes { get; init; }

    public required FileInfo? Json { get; init; }

    /// <summary>Reports are asked for days from this one on.</summary>
    public int FirstPassageDay => Math.Max(0, Days - PassageDays);

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["pupils"] = Pupils,
        ["school_days"] = Days,
        ["passage_days"] = PassageDays,
        ["rate"] = Rate,
        ["warm_seconds"] = WarmSeconds,
        ["seconds"] = Seconds,
        ["connections"] = Connections,
        ["shares"] = ReadScript.Shares.ToDictionary(share => ReadsRun.NameOf(share.Key), share => share.Value),
        ["postgres"] = Stage.ReportedDatabaseSettings(CacheGigabytes),
    };
}
