using Zvonok.Api.Registry;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;

namespace Zvonok.Load.Setup;

/// <summary>Brings a city into a silo.</summary>
internal static class Town
{
    /// <summary>Registers the whole city; throws unless every row was new and good.</summary>
    public static async Task<ImportResponse> Register(Uri address, City city, string title, IProgress<long>? sent, CancellationToken stop)
    {
        using var channel = Connection.Open(address);
        var rows = CityImport.RowCount(city);
        ImportResponse? answer = null;
        await Terminal.Show(title, rows, async shown =>
            answer = await CityImport.Send(new RegistryService.RegistryServiceClient(channel), city, new Both(shown, sent), stop));
        return answer!.AddedCount == rows && answer.BadCount == 0
            ? answer
            : throw new InvalidOperationException($"Of {rows} rows {answer.AddedCount} were added and {answer.BadCount} were bad, the first: {answer.BadRows.FirstOrDefault()}.");
    }

    /// <summary>Registers the employees who settle classes; throws unless every row was new and good.</summary>
    public static async Task RegisterTeachers(Uri address, City city, CancellationToken stop)
    {
        using var channel = Connection.Open(address);
        var answer = await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), Teacher.Messages(city), stop: stop);
        if (answer.AddedCount != 2 * city.Schools.Count)
            throw new InvalidOperationException($"Of {city.Schools.Count} employees' accounts and cards {answer.AddedCount} rows were added, the first bad one: {answer.BadRows.FirstOrDefault()}.");
    }

    /// <summary>Fills the purses of those pupils.</summary>
    public static async Task FillPurses(Uri address, IReadOnlyCollection<Pupil> pupils, string title, CancellationToken stop)
    {
        using var channel = Connection.OpenPatient(address);
        var ids = new OperationIds(SystemClock.Instance, address.Port);
        await Terminal.Show(title, pupils.Count, done => Purses.Fill(new FamilyService.FamilyServiceClient(channel), pupils, ids, done, stop));
    }

    private sealed class Both(IProgress<long> one, IProgress<long>? other) : IProgress<long>
    {
        public void Report(long value)
        {
            one.Report(value);
            other?.Report(value);
        }
    }
}
