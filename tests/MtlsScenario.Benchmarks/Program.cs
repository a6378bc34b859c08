using System.Globalization;
using MtlsScenario.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using WorkPlace disk = new(Path.GetTempPath());
if (args is ["order"])
{
    StartOrder.Write(disk);
    return 0;
}

using WorkPlace memory = new(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath());
BenchmarkSuite suite = new(NativeTool.Find(disk.Empty()), disk, memory);
suite.PrintMachine();
return suite.PrintTable(args is [var only] ? only : null) ? 0 : 2;
