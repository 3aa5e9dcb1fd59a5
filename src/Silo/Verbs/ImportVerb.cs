using System.CommandLine;
using System.Globalization;
using Grpc.Net.Client;
using Spectre.Console;
using Zvonok.Api.Registry;
using Zvonok.Journal;
using Zvonok.Registry.V1;

namespace Zvonok.Silo.Verbs;

/// <summary><c>import FILES</c>: registers buildings, devices, accounts, cards, subscriptions and menus from CSV files (N4).</summary>
internal static class ImportVerb
{
    private const int ChunkRows = 1_000;

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILES")
        {
            Description = "CSV files in order: buildings, devices, accounts, cards, subscriptions, menus. What a file holds is told by its header.",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string>("--to")
        {
            Description = "The address of a running silo; when nobody listens there, the store is opened directly.",
            DefaultValueFactory = _ => $"http://{Environment.GetEnvironmentVariable("Zvonok__Listen") ?? "127.0.0.1:5080"}",
        };
        var command = new Command("import", "Register buildings, devices, accounts, cards, subscriptions and menus; bad rows are reported by file and line, good rows stay. Status 1 when a row was bad.")
        {
            files,
            to,
        };
        command.SetAction((parsed, stop) => Guard.Run(() => Run(parsed.GetRequiredValue(files), parsed.GetRequiredValue(to), stop)));
        return command;
    }

    private static async Task<int> Run(FileInfo[] files, string to, CancellationToken stop)
    {
        var missing = files.FirstOrDefault(file => !file.Exists);
        if (missing is not null) throw new SettingException($"FILES: {missing} does not exist.");

        var places = new List<(string File, int Line)>();
        var bad = new List<(string File, int Line, string Field, string Reason)>();
        var response = await SendToSilo(to, Chunks(files, places, bad), stop)
            ?? await WriteToStore(Chunks(files, places, bad), stop);

        foreach (var row in response.BadRows)
        {
            var (file, line) = places[(int)row.RowNumber - 1];
            bad.Add((file, line, row.Field, row.Reason));
        }

        Report(response, bad);
        return bad.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<ImportRequest> Chunks(
        FileInfo[] files, List<(string File, int Line)> places, List<(string File, int Line, string Field, string Reason)> bad)
    {
        var chunk = new ImportRequest();
        foreach (var file in files)
        {
            using var text = file.OpenText();
            foreach (var line in Lines(file, text))
            {
                if (line.Row is null)
                {
                    bad.Add((file.Name, line.Line, line.Field, line.Reason));
                    continue;
                }

                places.Add((file.Name, line.Line));
                chunk.Rows.Add(line.Row);
                if (chunk.Rows.Count < ChunkRows) continue;
                yield return chunk;
                chunk = new ImportRequest();
            }
        }

        if (chunk.Rows.Count > 0) yield return chunk;
    }

    private static IEnumerable<CsvLine> Lines(FileInfo file, StreamReader text)
    {
        using var lines = CsvFile.Read(text).GetEnumerator();
        while (true)
        {
            try
            {
                if (!lines.MoveNext()) yield break;
            }
            catch (InvalidDataException exception)
            {
                throw new SettingException($"{file.Name}: {exception.Message}");
            }

            yield return lines.Current;
        }
    }

    // Null when nobody listens: then no row was read yet.
    private static async Task<ImportResponse?> SendToSilo(string to, IEnumerable<ImportRequest> chunks, CancellationToken stop)
    {
        using var channel = GrpcChannel.ForAddress(to);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(TimeSpan.FromSeconds(2));
            await channel.ConnectAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }

        return await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), chunks, stop: stop);
    }

    private static async Task<ImportResponse> WriteToStore(IEnumerable<ImportRequest> chunks, CancellationToken stop)
    {
        await using var store = Composition.BuildStore();
        await store.GetRequiredService<JournalStartup>().Prepare(stop);
        var feed = store.GetRequiredService<RegistryFeed>();
        var total = new ImportResponse();
        var before = 0L;
        foreach (var chunk in chunks)
        {
            total.MergeFrom(await Sum(chunk));
            before += chunk.Rows.Count;
        }

        return total;

        // Numbers of a message replace one another when merged, so they are carried over by hand.
        async Task<ImportResponse> Sum(ImportRequest chunk)
        {
            var part = await feed.Import(chunk, before, stop);
            part.AddedCount += total.AddedCount;
            part.ChangedCount += total.ChangedCount;
            part.UnchangedCount += total.UnchangedCount;
            part.BadCount += total.BadCount;
            return part;
        }
    }

    private static void Report(ImportResponse response, List<(string File, int Line, string Field, string Reason)> bad)
    {
        foreach (var (file, line, field, reason) in bad.OrderBy(row => row.File, StringComparer.Ordinal).ThenBy(row => row.Line))
            Console.WriteLine($"{file}:{line}: {field}: {reason}");
        var culture = CultureInfo.InvariantCulture;
        AnsiConsole.Write(new Table().Title("Import").AddColumns("Added", "Changed", "Unchanged", "Bad").AddRow(
            response.AddedCount.ToString("N0", culture),
            response.ChangedCount.ToString("N0", culture),
            response.UnchangedCount.ToString("N0", culture),
            bad.Count.ToString("N0", culture)));
    }
}
