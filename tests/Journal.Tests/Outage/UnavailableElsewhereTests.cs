using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace Zvonok.Journal.Tests.Outage;

/// <summary>An account may live on another silo than the door that was asked: what its journal says has to get there.</summary>
public sealed class UnavailableElsewhereTests
{
    [Fact]
    public void An_unavailable_journal_is_told_to_another_silo_with_whatever_the_driver_said()
    {
        using var provider = new ServiceCollection().AddSerializer().AddZvonokJournal().BuildServiceProvider();
        var serializer = provider.GetRequiredService<Serializer>();
        foreach (var reason in (Exception[])
                 [
                     new NpgsqlException("Exception while reading from stream", new TimeoutException("Timeout during reading attempt")),
                     new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", "57P01"),
                 ])
        {
            var told = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new JournalUnavailableException("Repeat.", reason)));
            told.ShouldBeOfType<JournalUnavailableException>().Message.ShouldBe("Repeat.");
            told.InnerException.ShouldNotBeNull();
        }
    }
}
