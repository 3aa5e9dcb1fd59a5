using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService;
using Zvonok.Grains.Journal;
using Zvonok.Journal;
using Zvonok.Silo.Cluster;

namespace Zvonok.Silo.Verbs;

/// <summary>Ends a verb with a sentence instead of a stack trace when a setting or the database is at fault.</summary>
internal static class Guard
{
    /// <summary>Exit status for a setting or a database that cannot be used.</summary>
    public const int Misconfigured = 2;

    public static async Task<int> Run(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures) await Console.Error.WriteLineAsync(failure);
            return Misconfigured;
        }
        catch (Exception exception) when (Find(exception) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return Misconfigured;
        }
    }

    // The host and the silo wrap what their parts throw while starting.
    private static Exception? Find(Exception exception) => exception switch
    {
        SettingException or JournalStartException or JournalUnavailableException or OptionsValidationException => exception,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } inUse =>
            new SettingException($"Zvonok:Listen: {inUse.Message}"),
        Microsoft.AspNetCore.Connections.AddressInUseException inUse => new SettingException($"{ClusterSettings.Section}:SiloPort: {inUse.Message}"),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } notHere =>
            new SettingException($"{ClusterSettings.Section}:Address: no address of this machine: {notHere.Message}"),
        OrleansClusterConnectivityCheckFailedException unreachable =>
            new SettingException($"{ClusterSettings.Section}:Address: this silo and the others of its cluster do not reach each other: {unreachable.Message}"),
        // "Failed to convert configuration value 'many' at 'Zvonok:Grains:QueueMax' to type 'System.Int32'."
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => exception,
        AggregateException many => many.InnerExceptions.Select(Find).FirstOrDefault(found => found is not null),
        { InnerException: { } inner } => Find(inner),
        _ => null,
    };
}
