using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Grains.Days;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Transfers;

namespace Zvonok.BrokenSilo;

/// <summary>
/// Counts the moments right before and right after everything that becomes durable for an account, from when a file of the name <see cref="FileName"/> appears in the
/// data directory. The file says at which of them the process is killed: so a test can walk through all of them.
/// </summary>
internal sealed class DeadlySteps(IConfiguration configuration)
{
    public const string FileName = "deadly-step";

    private readonly string _file = Path.Combine(configuration["Zvonok:DataDirectory"]!, FileName);
    private int _passed;

    public async Task<T> Around<T>(Func<Task<T>> step)
    {
        Pass();
        var done = await step();
        Pass();
        return done;
    }

    private void Pass()
    {
        if (!File.Exists(_file)) return;
        if (Interlocked.Increment(ref _passed) == int.Parse(File.ReadAllText(_file), CultureInfo.InvariantCulture)) Process.GetCurrentProcess().Kill();
    }
}

/// <summary>The journal with its deadly moments.</summary>
internal sealed class DeadlyJournal(IJournal journal, DeadlySteps steps) : IJournal
{
    public ValueTask<AppendOutcome> Append(AccountAppend append) => new(steps.Around(() => journal.Append(append).AsTask()));

    public ValueTask<AppendOutcome> Append(BuildingAppend append) => journal.Append(append);
}

/// <summary>The open transfers with theirs.</summary>
internal sealed class DeadlyTransferLog(ITransferLog log, DeadlySteps steps) : ITransferLog
{
    public Task<OpenTransfer?> Find(EntryKey left) => log.Find(left);

    public Task<bool> HasOpen(AccountNumber from) => log.HasOpen(from);

    public Task<OpenTransfers> List(int count) => log.List(count);

    public Task End(EntryKey left) => steps.Around(async () =>
    {
        await log.End(left);
        return true;
    });
}

/// <summary>The closed days with theirs.</summary>
internal sealed class DeadlyDayLog(IDayLog log, DeadlySteps steps) : IDayLog
{
    public Task<IReadOnlyList<BuildingDays>> List() => log.List();

    public Task<IReadOnlyList<AccountOrder>> ListOrders(BuildingId building, LocalDate until, int count) => log.ListOrders(building, until, count);

    public Task Close(BuildingId building, LocalDate day, Instant at) => steps.Around(async () =>
    {
        await log.Close(building, day, at);
        return true;
    });
}

/// <summary>A clock that is days ahead.</summary>
internal sealed class ClockAhead(Duration ahead) : IClock
{
    public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + ahead;
}

/// <summary>Puts them in front of the real ones after everything else is composed.</summary>
internal sealed class DeadlyFactory : IServiceProviderFactory<IServiceCollection>
{
    /// <summary>The environment variable that puts the silo's clock forward.</summary>
    public const string DaysAhead = "ZVONOK_DAYS_AHEAD";

    public IServiceCollection CreateBuilder(IServiceCollection services)
    {
        services.AddSingleton<DeadlySteps>();
        Wrap<IJournal>(services, (journal, steps) => new DeadlyJournal(journal, steps));
        Wrap<ITransferLog>(services, (log, steps) => new DeadlyTransferLog(log, steps));
        Wrap<IDayLog>(services, (log, steps) => new DeadlyDayLog(log, steps));
        if (Environment.GetEnvironmentVariable(DaysAhead) is { } days) services.AddSingleton<IClock>(new ClockAhead(Duration.FromDays(int.Parse(days, CultureInfo.InvariantCulture))));
        return services;
    }

    public IServiceProvider CreateServiceProvider(IServiceCollection services) => services.BuildServiceProvider();

    private static void Wrap<T>(IServiceCollection services, Func<T, DeadlySteps, T> wrap)
        where T : class
    {
        var real = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(real);
        services.AddSingleton(provider => wrap((T)real.ImplementationFactory!(provider), provider.GetRequiredService<DeadlySteps>()));
    }
}
