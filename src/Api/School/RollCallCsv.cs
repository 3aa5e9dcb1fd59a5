using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Zvonok.Grains.Buildings;

namespace Zvonok.Api.School;

/// <summary>A roll call as a CSV file: a line for each inside.</summary>
internal sealed class RollCallCsv(RollCallWords words)
{
    private static readonly string[] Columns = ["Group", "Account", "LastPassage", "Gate", "Found", "FoundAt", "FoundBy"];
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    public byte[] Write(RollCallView roll)
    {
        using var file = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true), Format))
        {
            WriteLine(csv, Columns.Select(column => words[column]));
            foreach (var line in roll.Lines) WriteLine(csv, Cells(roll.Profile, line));
        }

        return file.ToArray();
    }

    private IEnumerable<string> Cells(BuildingProfile building, RollCallLine line) =>
    [
        Harmless(line.Group ?? ""), line.Account.ToString(), RollCallWords.Time(line.Since, building), RollCallWords.Number(line.Gate.Value), words[line.Found is null ? "No" : "Yes"],
        line.Found is { } found ? RollCallWords.Time(found.At, building) : "", line.Found?.By.ToString() ?? "",
    ];

    private static void WriteLine(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }

    // A spreadsheet would run a key that begins so.
    private static string Harmless(string key) => key.Length > 0 && "=+-@".Contains(key[0], StringComparison.Ordinal) ? $"'{key}" : key;
}
