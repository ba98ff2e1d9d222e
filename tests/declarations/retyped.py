"""Tables as real suppliers print them, retyped; companies are invented. `make_documents` writes them as
files.
"""

from __future__ import annotations

MCDS_HEADER = [
    "Construction Element",
    "Material Group",
    "Substances",
    "CAS# if applicable",
    "Weight [mg]",
    "Average Mass [%]",
    "Sum [%]",
    "Average Mass [ppm]",
    "Sum [ppm]",
]
MCDS = [
    ["chip", "inorganic material", "silicon", "7440-21-3", 2.294, 0.04, 0.04, 379, 379],
    ["leadframe", "inorganic material", "phosphorus", "7723-14-0", 0.159, 0.00, "", 26, ""],
    ["", "non noble metal", "iron", "7439-89-6", 0.530, 0.01, "", 88, ""],
    ["", "non noble metal", "copper", "7440-50-8", 529.068, 8.75, 8.76, 87491, 87605],
    ["wire", "non noble metal", "aluminium", "7429-90-5", 11.156, 0.18, 0.18, 1845, 1845],
    ["encapsulation", "organic material", "carbon black", "1333-86-4", 19.981, 0.33, "", 3304, ""],
    ["", "plastics", "epoxy resin", "-", 379.639, 6.28, "", 62780, ""],
    ["", "inorganic material", "silicondioxide", "60676-86-0", 1598.481, 26.43, 33.04, 264339, 330423],
    ["leadfinish", "non noble metal", "tin", "7440-31-5", 31.874, 0.53, 0.53, 5271, 5271],
    ["plating", "non noble metal", "nickel", "7440-02-0", 29.065, 0.48, 0.48, 4806, 4806],
    ["solder", "non noble metal", "antimony", "7440-36-0", 0.237, 0.00, "", 39, ""],
    ["", "noble metal", "silver", "7440-22-4", 0.593, 0.01, "", 98, ""],
    ["", "non noble metal", "tin", "7440-31-5", 1.541, 0.03, 0.04, 255, 392],
    ["heatspreader", "non noble metal", "iron", "7439-89-6", 3.442, 0.06, "", 569, ""],
    ["", "inorganic material", "phosphorus", "7723-14-0", 1.033, 0.02, "", 171, ""],
    ["", "non noble metal", "copper", "7440-50-8", 3438.006, 56.85, 56.93, 568539, 569279],
]

DIODE_HEADER = [
    "No.",
    "Construction Element(subpart)",
    "Homogeneous Material",
    "Material weight [mg]",
    "Homogeneous Material\\ Substances",
    "CASRN if applicable",
    "Materials Mass %",
    "Material Mass % of total unit wt.",
    "Subpart mass of total wt. (%)",
]
DIODE = [  # the weights are those of the substances, whatever the header says: they add up to 16 mg
    [1, "Wafer", "Silicon", 0.5, "Silicon", "7440-21-3", 1, 0.03125, 0.03125],
    [2, "Lead frame", "Copper Alloy", 3.3353, "Copper", "7440-50-8", 0.9529, 0.20846, 0.21876],
    ["", "", "", 0.0875, "Iron", "7439-89-6", 0.025, 0.00547, ""],
    ["", "", "", 0.0035, "phosphorous", "7723-14-0", 0.001, 0.00022, ""],
    ["", "", "", 0.0035, "Zinc", "7440-66-6", 0.001, 0.00022, ""],
    ["", "", "", 0.07, "Lead*", "7439-92-1", 0.02, 0.00438, ""],
    ["", "", "", 0.0002, "Silver", "7440-22-4", 0.0001, 0.00001, ""],
    [3, "Epoxy", "Polymer", 0.42, "Si-oxide Quartz", "14808-60-7", 0.42, 0.02625, 0.06251],
    ["", "", "", 0.4, "Epoxy resin", "Confidential", 0.4, 0.025, ""],
    ["", "", "", 0.15, "Epoxy resin modifier", "Confidential", 0.15, 0.00938, ""],
    ["", "", "", 0.03, "Aromatic amine", "Confidential", 0.03, 0.00188, ""],
    [4, "Wire", "Noble metal", 0.9999, "Gold", "7440-57-5", 0.9999, 0.062494, 0.0625],
    ["", "", "", 0.0001, "Misc, not to declare", "/", 0.0001, 0.000006, ""],
    [5, "Mold Compound", "Polymer", 0.72, "Solid Epoxy Resin", "Confidential", 0.08, 0.045, 0.56248],
    ["", "", "", 0.72, "Phenol Resin", "Confidential", 0.08, 0.045, ""],
    ["", "", "", 7.497, "Fused Silica*1", "60676-86-0", 0.833, 0.46854, ""],
    ["", "", "", 0.045, "Carbon Black", "1333-86-4", 0.005, 0.00281, ""],
    ["", "", "", 0.018, "Metal Hydroxide", "Confidential", 0.002, 0.00113, ""],
    [6, "Plating", "Plating", 0.9999, "Tin", "7440-31-5", 0.9999, 0.06249, 0.0625],
    ["", "", "", 0.0001, "Misc., not to declare", "/", 0.0001, 0.00001, ""],
]

BRIDGE = [
    [1, "Dice", "Silica compound", 3.25, "Silicon", "7440-21-3", 0.965, 0.0250, 0.026],
    ["", "", "", "", "Lead*", "7439-92-1", 0.025, 0.0007, ""],
    ["", "", "", "", "Nickel", "7440-02-0", 0.01, 0.0003, ""],
    [2, "Solder Paste", "High-melting point solder", 11.25, "Lead*", "7439-92-1", 0.925, 0.0832, 0.09],
    ["", "", "", "", "Tin", "7440-31-5", 0.05, 0.0045, ""],
    ["", "", "", "", "Silver", "7440-22-4", 0.025, 0.0023, ""],
    [3, "Lead frame &clip", "Copper Alloy", 40.19, "Copper", "7440-50-8", 0.9995, 0.3214, 0.3215],
    ["", "", "", "", "Zinc", "7440-66-6", 0.00004, 0.0, ""],
    ["", "", "", "", "Iron", "7439-89-6", 0.0001, 0.0, ""],
    ["", "", "", "", "Phosphorus", "7723-14-0", 0.00034, 0.0001, ""],
    [4, "Epoxy material", "Epoxy molding compound", 69.06, "Silica", "14808-60-7", 0.70, 0.3867, 0.5525],
    ["", "", "", "", "Epoxy resin", "29690-82-2", 0.15, 0.0829, ""],
    ["", "", "", "", "Phenolformaldehyde polymer", "9003-35-4", 0.10, 0.0553, ""],
    ["", "", "", "", "Antimony trioxide", "1309-64-4", 0.025, 0.0138, ""],
    ["", "", "", "", "Bisphenol A diglycidyl ether", "40039-93-8", 0.025, 0.0138, ""],
    [5, "Plating cover", "Sn plating cover", 1.25, "Tin", "7440-31-5", 0.995, 0.01, 0.01],
]

PACKAGE_HEADER = [
    "COMPONENT",
    "MATERIAL",
    "VENDOR/ INDUSTRY NAMES",
    "CONSTITUENT NAME",
    "CAS NUMBER",
    "CONSTITUENT MASS (g)",
    "CONSTITUENT (PPM) OF MATERIAL",
    "CONSTITUENT (PPM) OF TOTAL PKG.",
]
PACKAGE = [
    line.split("|")
    for line in """\
Active Device||Halvledar AB|Silicon (Si)|7440-21-3|0.002383|1000000|4772.30615234
Die Coat||Lackbolaget|Silicone|69430-27-9|0.000000|0|0
Lead Frame|Cu||Copper (Cu)|7440-50-8|0.149760|975000|299916.3125
|||Iron (Fe)|7439-89-6|0.003686|24000|7381.75390625
|||Phosphorus (P)|7723-14-0|0.000046|300|92.1217269897
|||Zinc (Zn)|7440-66-6|0.000108|700|216.285797119
|||Nickel (Ni)|7440-02-0|0.000000|0|0
Lead Frame Total:||||||0.153600|1000000|307606.5
Plating|Exter. Plating|PMI|Pb|7439-92-1|0.000000|0|0
|Exter. Plating||Sn|7440-31-5|0.012410|1000000|24853.421875
External Plating Total:||||||0.012410|1000000|24853.421875
Die Attach|ELECTRICALLY CONDUCTIVE ADHESIVE||Silver (Ag)|7440-22-4|0.000774|750000|1550.04821777
|||Metal Oxide||0.000000|0|0
|||Resin (EP)||0.000258|250000|516.682678223
Die Attach Total:||||||0.001032|1000000|2066.73071289
Encapsulation|MULTI-AROMATIC RESIN Br/Sb FREE||Resin (EP)||0.044334|135000|88785.3203125
|||Bromine (Br)|40039-93-8|0.000000|0|0
|||Silica (SiO2)|60676-86-0|0.282424|860000|565595.375
|||Antimony Trioxide (Sb2O3)|1309-64-4|0.000000|0|0
|||Carbon Black (C)|1333-86-4|0.001642|5000|3288.34521484
Encapsulation Total:||||||0.328400|1000000|657669""".splitlines()
]

RESISTOR_HEADER = [
    "No.",
    "Construction element",
    "Material group",
    "Material weight (mg)",
    "Material",
    "CAS if applicable",
    "Average mass (%)",
    "Sum(%)",
    "Traces",
]
RESISTOR = [
    [1, "FR-4 Board", "Substrate/ Terminal", 0.223, "Copper", "7440-50-8", 0.43, 0.29, ""],
    ["", "", "", "", "Nickel", "7440-02-0", 0.03677, "", ""],
    ["", "", "", "", "Gold", "7440-57-5", 0.00099, "", ""],
    ["", "", "", "", "Continuous Filament Fiber Glass", "65997-17-3", 0.5322, "", ""],
    [2, "Wafer", "Diode", 0.029, "Silicon", "7440-21-3", 0.92, 0.038, ""],
    ["", "", "", "", "Aluminum", "7429-90-5", 0.013, "", ""],
    ["", "", "", "", "Titanium", "7440-32-6", 0.002, "", ""],
    ["", "", "", "", "Gold", "7440-57-5", 0.065, "", ""],
    [3, "Al wire", "Conductor", 0.001, "Aluminum", "7429-90-5", 0.99, 0.001, ""],
    ["", "", "", "", "Silicon", "7440-21-3", 0.01, "", ""],
    [4, "Silver paste", "Welding", 0.005, "Modified Epoxy Resin", "29690-82-2", "5~25%", 0.007, ""],
    ["", "", "", "", "Silver", "7440-22-4", "76~85%", "", ""],
    ["", "", "", "", "Imidazole", "827-43-0", "1~4%", "", ""],
    ["", "", "", "", "Amide", "461-58-5", "1~4%", "", ""],
    [5, "Molding Compound", "Outer", 0.511, "Silica", "60676-86-0", "70~90%", 0.664, ""],
    ["", "", "", "", "Epoxy Resin", "29690-82-2", "6~16%", "", ""],
    ["", "", "", "", "Phenolic Resin", "9003-35-4", "5~15%", "", ""],
    ["", "", "", "", "Carbon Black", "1333-86-4", "0.1~1%", "", ""],
]

MODULE_HEADER = [
    "Construction element",
    "Material group",
    "Materials",
    "CAS-Nr. if applicable",
    "Average mass [%]*",
    "Sum [%]",
    "Traces",
]
MODULE = [
    line.split("|")
    for line in """\
chip|inorganic material|silicon|7440-21-3|0,6|0,6|
Base plate and substrate including metallisation|non noble metal|copper|7440-50-8|50,2||
|inorganic material|aluminium oxide|1344-28-1|1,6||
|non noble metal|tin|7440-31-5|2,9||
|non noble metal|nickel|7440-02-0|0,2|54,9|
|noble metal|silver|7440-22-4|||X
wire|non noble metal|aluminium|7429-90-5|0,7|0,7|
encapsulation|polymers|silicone gel||10,2|10,2|
housing|polymers|Polyamid (PA)||10,8||
||antimonypentoxide|1309-64-4|0,3||
||brominated resin||X||
||silicondioxide / glasfiber|60676-86-0|6,4||
TIM|non noble metal|aluminium|7429-90-5|4,4||
||zinc oxid|1314-13-2|11,7|16,1|
lead, finish and plating|inorganic material|lead oxide|1317-36-8|0,006|0,006|
Sum in total||||100,0||""".splitlines()
]

BVD_HEADER = [
    "Ingående material/ Komponenter",
    "Ingående ämnen",
    "Vikt % alt g",
    "EG-nr/ CAS-nr (alt legering)",
    "Klassificering",
    "Kommentar",
]
BVD = [
    ["Stålplåt", "", "82,7", "68467-81-2", "", ""],
    ["Zink", "", "0,6", "7440-66-6", "", ""],
    ["Aluminium", "", "7,0", "7429-90-5", "", ""],
    ["Koppar", "", "8,8", "7440-50-8", "", ""],
    ["EPDM-gummi", "Etenpropen", "0,9", "61789-00-2", "", ""],
]

BRONZE = [
    ["CC493K / CuSn7Zn4Pb7-C (RG7)", "5,0 – 8,0 %", "142644dc-50d4-4a43-b819-b7d97efb1fd9"],
    ["CC483K / CuSn12-C", "< 0,7 %", "15869a7c-23f5-48bd-96dc-5ca7e984a438"],
    ["CC482K / CuSn11Pb2-C", "0,7 – 2,5 %", "aff433ee-4bfb-4763-9e4c-0a64ab51bb5a"],
    ["CC495K / CuSn10Pb10-C", "8,0 - 11,0 %", "37f072a7-392f-452f-ad32-58862b11554a"],
    ["CW614N / CuZn39Pb3 (MS58)", "2,5 – 3,5 %", "2f67c1d7-ec5a-4766-91e9-29465e0cec60"],
]
