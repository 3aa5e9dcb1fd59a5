using Zvonok.Processes;

namespace Zvonok.Load.Setup;

/// <summary>The end of a run: the silo stops, and its data are audited.</summary>
internal static class Audit
{
    /// <summary>Stops the silo, audits, and tells what came of it; findings are failures of the run.</summary>
    public static async Task End(SiloProcess silo, Dictionary<string, object?> figures, Failures failures, CancellationToken stop)
    {
        await Stop(silo, failures);
        CommandResult? audit = null;
        await Terminal.Show("Auditing", 1, async _ => audit = await SiloProcess.RunVerb(silo.Settings, ["audit"], stop));
        figures["audit_exit_status"] = audit!.ExitCode;
        if (audit.ExitCode == 0) return;
        failures.Add($"audit ended with {audit.ExitCode}");
        Terminal.Say(audit.Output);
    }

    /// <summary>Stops the silo.</summary>
    public static async Task Stop(SiloProcess silo, Failures failures)
    {
        if (await silo.Stop() is not 0 and var status) failures.Add($"the silo ended with {status}");
    }
}
