namespace Zvonok.Simulation.Receivers;

/// <summary>A notice that arrived.</summary>
/// <param name="Key">Its key: the same for a repeat.</param>
/// <param name="Body">What it says: JSON of a webhook, the whole message of a mail.</param>
/// <param name="At">When it was here.</param>
public sealed record ReceivedNotice(string Key, string Body, Instant At);
