namespace Zvonok.Simulation.Terminals;

/// <summary>How many terminals are how.</summary>
/// <param name="Terminals">All of them.</param>
/// <param name="Connected">The core answers them.</param>
/// <param name="Listed">They have a list.</param>
/// <param name="Queued">Facts that wait to be uploaded, or to be written to a file.</param>
public readonly record struct TerminalFigures(int Terminals, int Connected, int Listed, long Queued)
{
    /// <summary>True when all have a connection, and a list for the time when they have none.</summary>
    public bool AreReady => Connected == Terminals && Listed == Terminals;

    /// <summary>True when the core answers everybody, and has heard of everything.</summary>
    public bool IsEverythingTold => Connected == Terminals && Queued == 0;
}
