namespace Zvonok.Simulation.Terminals;

/// <summary>How a city's terminals are set up.</summary>
public sealed record TerminalSetup
{
    /// <summary>The silos, or what stands before them.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>Where each terminal has its file, named after the device: who starts there again goes on.</summary>
    public required string Directory { get; init; }

    /// <summary>The keys of their buildings.</summary>
    public required TerminalKeys Keys { get; init; }

    /// <summary>
    /// Terminals that share a connection, at most <see cref="SharedChannels.TerminalsMax"/>. In a city each has its own; where there are more of them in a process than a machine has ports or memory for,
    /// they have to share.
    /// </summary>
    public int TerminalsPerConnection { get; init; } = 1;

    /// <summary>How long an answer of the core is waited for; null: as the library has it. Where thousands share a processor an answer takes longer than anywhere in a city.</summary>
    public TimeSpan? AnswerWithin { get; init; }

    /// <summary>The longest pause between two attempts to connect.</summary>
    public TimeSpan ReconnectAtMostEvery { get; init; } = TimeSpan.FromSeconds(30);
}
