// Programs that change views in place, with the numbers that PyTorch 2.13 gives; those after the
// last blank line PyTorch rejects: their numbers are those of the same program without views.

/// Programs for `ViewProgram`, each followed by its results.
let viewPrograms = """
  2 3 2; base mul; unsqueeze 0 3; narrow 1 3 0 1; drop 0; reshape 2 2 6; sub 3 f 1
  = 16.4090566454 29.4949463087 523.296731113
  3 4; base mul; muln 0; narrow 0 1 2 2; nograd 0
  = 11.1069554788 33.5761990217 592.911995009
  4; base zeros; narrow 0 0 2 1; set 0 2 f 1; flatten 0; narrow 2 0 0 1; readsq 0
  = 0.424052040654 0.515635838485 2.47389468444
  4; base mul; narrow 0 0 3 1; addcmul 0; fill 1; set 0 0 s 0; select 1 0 0; clamp 0
  = 3.90820859516 0.214677939357 0.197716855808
  3 4; base mul; detach 0; unbind 0 1 2; narrow 0 1 1 2; add 0 f 1; narrow 2 0 0 3; readsin 3
  = 49.6889017536 96.4121006295 4503.78540791
  2 3 2; base mul; diagonal 0 1; drop 0; transpose 1 0 1; narrow 2 1 1 1; muln 2
  = 10.2569730796 34.2940774099 1875.78801002
  2 3 2; base mul; add 0 f 1; mul 0 f 0; chunk 0 2; drop 0; set 1 1 s 0; set 1 1 f 1
  = 3.80165047218 16.0435900974 740.417363017
  3 4; base perm; select 0 1 2; mul 0 f 0; read 1; transpose 0 0 1; diagonal 0 1; \
  narrow 1 0 1 2
  = 18.086761717 33.0929221677 721.246616118
  4; base zeros; fill 0; indexadd 0; mul 0 f 0; detach 0; copy 0 f 1; imul 0 0 f 0; \
  maskfill 0 c
  = 3.50553366553 0.859749633513 0.76574487321
  3 3; base mul; setmask 0; add 0 s 0; clamp 0; same 0
  = 12.4528952553 11.6702765337 346.806713522
  3 4; base slice; mul 0 s 2; mul 0 s 1; maskfill 0 w; clamp 0; fill 0; narrow 0 0 1 2; \
  mul 0 f 1
  = 1.83591634415 2.94599360797 1.18299385286
  4; base zeros; copy 0 f 1; set 0 3 s 0; slice 0 0 1 2; add 1 s 3 alpha; drop 0
  = 1.97295800739 0.913602901374 1.4887153169
  3 3; base zeros; nograd 0; narrow 0 0 0 3; div 1 s 1; sub 1 s 2
  = -10.0367249312 -4.94233227806 99.1207239131
  4; base slice; set 0 1 s 1; maskfill 0 w; narrow 0 0 1 1; slice 0 0 0 2; mul 0 f 1
  = 0.467249241498 0.414714855275 1.70136091824
  3 3; base perm; select 0 1 2; same 1; zero 2; narrow 2 0 0 3; setmask 1; imul 3 1 s 1
  = 5.6402360895 0.174377364528 0.0910448161691
  2 3 2; base mul; select 0 2 1; add 1 f 0; narrow 1 0 1 1
  = 22.9823688867 59.4204209396 1485.36839801
  4; base mul; narrow 0 0 1 1; fill 0; add 1 s 0
  = 3.50165759404 0.40427191155 1.42383992381
  3 3; base mul; nograd 0; maskfill 0 w; same 0; mul 1 s 3; readsin 0
  = 6.25640292186 14.4962390316 479.359216687
  3 3; base mul; same 0; drop 0; copy 1 s 1; add 1 s 0
  = 5.04549442011 2.11720167614 40.0730887175
  3 3; base mul; fill 0; narrow 0 1 2 1; addcmul 1; mul 1 f 0
  = 3.86406265458 2.13240499976 4.70077005659
  4; base mul; slice 0 0 0 2; copy 0 f 1; add 1 f 1 alpha; imul 0 1 f 0; read 1; div 1 f 0; \
  readsq 1
  = 2.74510188391 -10.2809770951 -1900.81484486
  4; base zeros; reshape 0 2 2; set 0 2 s 3; copy 0 f 1; set 0 1 f 0; select 0 0 3; setmask 2; \
  sigmoid 2
  = 3.92714694534 2.03226046291 4.22288514866
  3 3; base mul; read 0; imul 0 0 s 0; detach 0; mul 1 s 1
  = 1.25071088829 10.4624160201 32.4204009853
  3 3; base zeros; flatten 0; set 1 3 s 1; select 1 0 3; readsin 0; maskfill 0 w; mul 1 s 2
  = 5.40369622479 5.41683538704 365.660904204
  2 3 2; base mul; copy 0 f 1; muln 0; narrow 0 0 1 1; set 1 0 f 0
  = 6.25723308432 9.56862579118 18.1651912839
  2 3 2; base mul; mul 0 s 2; permute 0 2 0 1; mul 0 f 1; cumsum 1
  = 15.2926720343 69.1851029355 15388.4305957
  3 3; base mul; diagonal 0 0; setmask 1; mul 0 f 1; cumsum 0; tanh 1; flatten 1
  = 5.31797218581 19.3670722983 351.080826214
  3 3; base mul; indexadd 0; add 0 f 0; unsqueeze 0 1; mul 0 s 0; diagonal 0 0; drop 1
  = 10.5775175559 53.1787840634 19682.6623435
  2 3 2; base slice; mul 0 f 0; add 0 f 1; add 0 s 1; cumsum 0; flatten 0; addcmul 1; \
  add 0 s 1 alpha
  = 16.8630434249 102.383629964 32151.4634305
  3 3; base mul; flatten 0; readsin 1; add 0 f 0; drop 1; tanh 0
  = 4.8861536791 5.13694904164 -20.366980909
  3 3; base mul; cumsum 0; mul 0 f 1; readsin 0; clamp 0; slice 0 1 1 2
  = 4.92267289328 3.61272618295 0.415793770042
  3 3; base perm; sub 0 s 0; setmask 0; copy 0 s 2; unsqueeze 0 1; diagonal 1 0
  = 12.8193262972 5.75271639092 134.602237277
  3 4; base zeros; mul 0 f 1; indexadd 0; select 0 1 0
  = 2.35432039479 3.92111440016 7.0586515805
  3 4; base slice; select 0 1 0; fill 0; read 0; slice 1 0 0 1; flatten 2; chunk 1 0; \
  add 0 f 1
  = 12.1703740146 8.84337571565 45.1332514086
  4; base zeros; mul 0 f 1; set 0 0 s 3; sub 0 s 1; nograd 0; select 0 0 1
  = 0.197133269646 0.366964633668 1.17507508265
  4; base mul; mul 0 f 1; chunk 0 0; clamp 1; copy 0 f 0
  = 2.43556305102 4.19984730053 7.96361785194
  4; base slice; mul 0 t 0; mul 0 f 1; detach 0; unsqueeze 0 1; flatten 1; reshape 2 2 1
  = 3.81939706582 2.5502503929 226.852959247
  2 3 2; base mul; unsqueeze 0 3; slice 1 2 0 1; sub 0 f 0; pow 0; cumsum 0
  = 37.382361588 197.867016819 468817.713899
  3 4; base slice; detach 0; pow 1; select 0 0 2; set 2 1 s 2
  = 14.0112609112 0.309759113018 0.690262226047
  4; base slice; select 0 0 0; sub 1 t 1; reshape 0 2 1; same 0; mul 0 f 1; select 2 1 0; \
  drop 2
  = 0.282381285215 0.0522000040493 0.00339345989197
  2 3 2; base mul; permute 0 0 2 1; mul 1 s 3; select 1 1 0
  = 18.0938881007 62.2978766678 11263.4707194
  3 3; base mul; add 0 f 0 alpha; select 0 0 2; unbind 1 0 0; tanh 2
  = 9.48293711823 21.731900254 224.565051002
  3 3; base mul; unsqueeze 0 1; muln 1; select 1 1 0; select 1 0 0; transpose 1 0 2; muln 2
  = 59.8656878204 382.099776317 173545.197661
  2 3 2; base mul; detach 0; transpose 0 1 0; set 2 1 s 1; readsin 2; drop 2
  = 15.3403088714 17.1252913137 133.09194709
  4; base mul; select 0 0 1; expand 1; detach 1; readsin 1; expand 1; zero 1; sigmoid 3
  = 5.63754479414 7.28030128091 58.4194731012
  3 4; base slice; setmask 0; set 0 1 s 0; same 0; add 0 f 1; unfold 0 0; pow 1
  = 28.2152258741 342.381540439 308764.848801
  4; base mul; maskfill 0 c; set 0 2 s 2; set 0 0 s 0; unfold 0 0; set 0 2 f 1
  = 4.50867773086 9.35840935783 163.938347312
  4; base mul; select 0 0 1; setmask 0; expand 1; maskfill 0 c
  = 6.97021459749 9.87896300415 287.548169404

  2 3 2; base exp; setmask 0; maskfill 0 w; permute 0 0 2 1
  = 16.7849387177 19.3831362812 700.069922783
  4; base mul; copy 0 f 1; narrow 0 0 0 3; tanh 0; add 0 t 0
  = 3.74322293203 2.64943073223 -4.68552294912
  2 3 2; base mul; transpose 0 2 0; mul 0 t 1; mul 1 s 3
  = 23.63989695 299.694816815 417709.838481
  2 3 2; base mul; set 0 0 s 3; tanh 0; maskfill 0 w
  = 6.72286878043 4.10399178456 7.55669652317
  3 3; base mul; diagonal 0 -1; narrow 1 0 0 1; addcmul 1; mul 2 t 2
  = 6.42809131166 13.7742723181 178.740410632
  3 3; base exp; flatten 0; mul 0 f 0; set 1 4 f 0; copy 0 s 1; chunk 1 0
  = 1.58047231372 1.45404435824 4.36526500744
  """
