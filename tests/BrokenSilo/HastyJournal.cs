using Zvonok.Grains.Journal;

namespace Zvonok.BrokenSilo;

/// <summary>Says "committed" at once and hands the append to the real journal afterwards: what a crash or an outage takes was promised.</summary>
internal sealed class HastyJournal(IJournal journal) : IJournal
{
    public ValueTask<AppendOutcome> Append(AccountAppend append) => Promise(() => journal.Append(append));

    public ValueTask<AppendOutcome> Append(BuildingAppend append) => Promise(() => journal.Append(append));

    private static ValueTask<AppendOutcome> Promise(Func<ValueTask<AppendOutcome>> append)
    {
        _ = Forget(append);
        return new(AppendOutcome.Committed);
    }

    private static async Task Forget(Func<ValueTask<AppendOutcome>> append)
    {
        try
        {
            await append();
        }
        catch (Exception exception) when (exception is JournalUnavailableException or JournalOverloadedException)
        {
            // Nobody is left to be told.
        }
    }
}

/// <summary>Puts <see cref="HastyJournal"/> in front of the journal after everything else is composed.</summary>
internal sealed class HastyJournalFactory : IServiceProviderFactory<IServiceCollection>
{
    public IServiceCollection CreateBuilder(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IJournal));
        services.Remove(real);
        services.AddSingleton<IJournal>(provider => new HastyJournal((IJournal)real.ImplementationFactory!(provider)));
        return services;
    }

    public IServiceProvider CreateServiceProvider(IServiceCollection services) => services.BuildServiceProvider();
}
