using Zvonok.Journal;

namespace Zvonok.Silo.Management;

/// <summary>What an orchestrator asks: is the process any good, and shall it get work now.</summary>
internal sealed class Health(JournalHealth journal, ISiloStatusOracle silo, IHostApplicationLifetime lifetime)
{
    /// <summary>Why only a restart helps; empty while there is no need. A database that is down is no reason: a restart would not bring it back.</summary>
    public IReadOnlyList<string> ReasonsToRestart() =>
        journal.IsBroken ? ["The journal's writer has failed: every append is refused until a restart."] : [];

    /// <summary>Why it shall get no work now; empty when it is ready.</summary>
    public IReadOnlyList<string> ReasonsToWait()
    {
        var reasons = new List<string>(ReasonsToRestart());
        if (lifetime.ApplicationStopping.IsCancellationRequested) reasons.Add("The silo is stopping.");
        else if (silo.CurrentStatus != SiloStatus.Active || !lifetime.ApplicationStarted.IsCancellationRequested)
            reasons.Add($"The silo is not active yet: {silo.CurrentStatus}.");
        if (!journal.IsUp) reasons.Add("The journal's database does not answer.");
        return reasons;
    }
}
