namespace Zvonok.Chaos;

/// <summary>What a run has shown.</summary>
internal sealed record ChaosResult
{
    public required ChaosSettings Settings { get; init; }

    public required IReadOnlyCollection<Recorded> Operations { get; init; }

    /// <summary>How many rows the journal has.</summary>
    public required int Rows { get; init; }

    public required IReadOnlyList<PlayedFault> Faults { get; init; }

    public required IReadOnlyList<Wait> Waits { get; init; }

    public required IReadOnlyList<OwnEnd> OwnEnds { get; init; }

    /// <summary>How often a silo that was started did not come to serve, and was started again.</summary>
    public required int FailedStarts { get; init; }

    /// <summary>Operations without an answer even when everything was there again.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Different notices that arrived.</summary>
    public required int Notices { get; init; }

    public required IReadOnlyList<Breach> Breaches { get; init; }

    public required CommandResult Audit { get; init; }

    /// <summary>What each silo's processes said last.</summary>
    public required IReadOnlyList<string> Logs { get; init; }

    public bool IsClean => Breaches.Count == 0 && Audit.ExitCode == 0;

    /// <summary>Operations by what became of them in the end.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => Count(Operations.Select(recorded =>
        !recorded.IsAnswered ? "unknown" : recorded.Answers.Any(answer => answer is not RefusedAnswer) ? "granted" : "refused"));

    /// <summary>Attempts by what came back.</summary>
    public IReadOnlyDictionary<string, int> Attempts => Count(Operations.SelectMany(recorded => recorded.Attempts).Select(attempt => attempt.Answer switch
    {
        NoAnswer { IsBroken: true, Status: Grpc.Core.StatusCode.DeadlineExceeded } => "unknown: given up",
        NoAnswer { IsBroken: true } => "unknown: connection broken",
        NoAnswer none => $"unknown: {none.Status}",
        RefusedAnswer => "refused",
        _ => "granted",
    }));

    private static SortedDictionary<string, int> Count(IEnumerable<string> names) =>
        new(names.CountBy(name => name).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
